/** How words stand in the drawing. */
export const ink = {
  lane: 'fill-foreground text-[13px] font-medium',
  note: 'fill-muted text-[12px]',
  heading: 'fill-foreground text-[13px] font-semibold tracking-[-0.005em]',
  words: 'fill-foreground text-[13px]',
  /** Words above what is drawn */
  halo: 'stroke-card stroke-4 [paint-order:stroke] [stroke-linejoin:round]',
} as const
