/** Styles are handed to webpack by importing them; they export nothing. */
declare module '*.scss';
