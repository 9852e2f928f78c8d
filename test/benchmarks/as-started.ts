/** How `npm start` starts the service, so that what is measured is what runs: little room for young objects, and the heap is swept
 *  when it has grown by half, not by several times. */
export const asStarted = ['--max-semi-space-size=8', '--heap-growing-percent=50'];
