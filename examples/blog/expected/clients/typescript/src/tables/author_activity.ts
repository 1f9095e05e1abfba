/** How much each person has written. */
export interface AuthorActivityRow {
  id: number;
  name: string;
  posts: number;
  last_published_at: string | null;
}
