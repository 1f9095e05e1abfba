// What a program makes of the types that graphql-codegen prints; tsc says whether they say what the service does.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import * as preset from './preset/graphql';
import { useFragment } from './preset/fragment-masking';
import type { AuthorQuery, AuthorQueryVariables, BookCreateInput, ChangeMutationVariables, Genre, PageQuery } from './types';

const kind: Genre = 'novel';
const book: BookCreateInput = { title: 'A', kind, words: ['a', null], author: { connect: { id: 1 } } };
export const variables: AuthorQueryVariables = {
  id: 1,
  where: { or: [{ price: { gte: 3 } }, { author: { is: { name: { ilike: 'u%' } } } }, { shelves: { none: { code: { eq: 's' } } } }] },
  order: [{ title: 'DESC_NULLS_LAST' }, { author: { name: 'ASC' } }],
};
export const change: ChangeMutationVariables = { id: 1, input: { price: null, shelves: { connect: [{ code: 's' }] } } };

export function titles(answer: AuthorQuery): string[] {
  const counted: number | undefined = answer.author?.booksAggregate.count;
  // A root field that fails is null, a list within a row is not.
  return answer.author ? [...answer.author.books.map((one) => one.title), String(counted)] : [];
}

export function next(answer: PageQuery): string | null | undefined {
  return answer.booksConnection?.pageInfo.hasNextPage ? answer.booksConnection.pageInfo.endCursor : null;
}

export const document: TypedDocumentNode<preset.AuthorQuery, preset.AuthorQueryVariables> = preset.AuthorDocument;
export function masked(answer: preset.PageQuery): string[] {
  return (answer.booksConnection?.edges ?? []).map((edge) => useFragment(preset.BookPartsFragmentDoc, edge.node).title);
}

// @ts-expect-error: a title is required
export const untitled: BookCreateInput = { kind };
// @ts-expect-error: there is no such label
export const unkind: Genre = 'opera';
// @ts-expect-error: a column has operators of its type
export const wrong: AuthorQueryVariables = { id: 1, where: { title: { gte: 3 } } };
export { book };
