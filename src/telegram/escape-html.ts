/** The text as it must stand in a message sent with parse_mode HTML, which knows only these three characters. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
