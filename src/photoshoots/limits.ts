/** What one photoshoot may hold. */

/** Pictures of one photoshoot: an album people look at in one glance, and one seller's share of the providers. */
export const MAX_PICTURES = 4;

/** Views of one product that go to the provider; more add cost and no likeness. */
export const MAX_VIEWS = 5;

/** How often other proposals may be asked for, for one photo, whatever drafts it is in (P-05). */
export const MAX_IDEAS = 4;

/** Characters of an own style (issue: “describe your own”). */
export const OWN_STYLE_LENGTH = { min: 10, max: 300 } as const;

/** Characters of words that nobody asked for: “on marble” is a wish as well. */
export const WISH_LENGTH = { min: 3, max: 300 } as const;

/** Characters of a saved style's name, as Telegram counts them (UTF-16 units). */
export const STYLE_NAME_LENGTH = { min: 3, max: 60 } as const;

/** Characters of a product's name: a title of a marketplace's, shortened. */
export const NAME_LENGTH = { max: 80 } as const;
