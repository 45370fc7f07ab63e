/**
 * The house catalogue: looks that suit most products, proven and always there, also when nothing could be
 * proposed. Titles are texts (`style-<key>`); prompts are for the model, in English.
 */
export const HOUSE_STYLES = [
  {
    key: 'white',
    prompt:
      'Pure white seamless catalogue background (#ffffff), soft even studio light, gentle contact shadow, marketplace main photo.',
  },
  {
    key: 'marble',
    prompt:
      'On a polished white marble table with grey veins beside a bright window, soft morning light from the left, airy blurred background.',
  },
  {
    key: 'oak',
    prompt: 'On a warm oak wood table, dappled leaf shadows, natural daylight, calm beige wall behind.',
  },
  {
    key: 'podium',
    prompt:
      'On a round pastel podium in a minimal studio with soft gradient pink and peach background, even beauty light.',
  },
  {
    key: 'dark',
    prompt:
      'Dark premium studio, black matte surface, dramatic rim light from behind, subtle reflection, deep charcoal background.',
  },
  {
    key: 'linen',
    prompt:
      'On softly folded natural linen fabric, diffused daylight, cosy neutral tones, shallow depth of field.',
  },
  {
    key: 'concrete',
    prompt: 'On a raw concrete slab in an industrial loft, cool directional light, grey textured wall.',
  },
  {
    key: 'kitchen',
    prompt: 'On a sunny kitchen counter, blurred shelves and plants behind, warm morning light.',
  },
  {
    key: 'beach',
    prompt:
      'On clean beach sand near the sea, bright summer sunlight, crisp shadow, blue sky and blurred waves.',
  },
  {
    key: 'autumn',
    prompt: 'Among autumn leaves on dark wood, golden hour light, warm orange and brown tones.',
  },
  {
    key: 'festive',
    prompt:
      'Festive table with bokeh fairy lights, pine branches and ribbon at the edges, warm evening glow.',
  },
  {
    key: 'water',
    prompt:
      'Standing in shallow clear water with gentle ripples and splashes, fresh blue tones, bright backlight, reflections.',
  },
  {
    key: 'terracotta',
    prompt: 'Before terracotta arches and plaster blocks, warm Mediterranean sunlight, long soft shadows.',
  },
  {
    key: 'neon',
    prompt: 'On a glossy surface with neon magenta and cyan light, night city mood, futuristic reflections.',
  },
  {
    key: 'botanical',
    prompt: 'Surrounded by fresh green monstera and eucalyptus leaves, soft daylight, natural organic mood.',
  },
  {
    key: 'books',
    prompt: 'On a bedside table with books and a ceramic vase, soft lamp light, cosy home interior.',
  },
] as const;

export type HouseStyle = (typeof HOUSE_STYLES)[number];
export type HouseStyleKey = HouseStyle['key'];
