export const sectionNames = ['rules', 'check', 'candidates', 'deeds'] as const;
export type SectionName = (typeof sectionNames)[number];

/** What the page keeps in the URL. `rule` is "new" or an id; `from` is the bounce, and `expression` the words, that a new
 *  rule is made from; `by` is the rule whose deeds are shown. */
export const rulesKeys = ['section', 'rule', 'from', 'expression', 'by', 'paged'] as const;
export type RulesKey = (typeof rulesKeys)[number];
