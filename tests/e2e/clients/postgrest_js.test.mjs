// @supabase/postgrest-js as it comes from npm, through its query builder, against $SERVICE (http://host:port/api) on an empty
// database of library.sql. $DATABASE says which: what SQLite cannot is asked of PostgreSQL only.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PostgrestClient } from '@supabase/postgrest-js';

const client = new PostgrestClient(process.env.SERVICE);
const isPostgres = process.env.DATABASE === 'postgres';
let calls = 0;

// One call: `expected` is its data, or a function that looks at the whole answer.
async function call(builder, expected) {
  calls += 1;
  const answer = await builder;
  if (typeof expected === 'function') return expected(answer);
  assert.equal(answer.error, null);
  assert.deepEqual(answer.data, expected);
  return answer;
}

const it = (name, steps) => test(name, { concurrency: false }, steps);
const onPostgres = (name, steps) => test(name, { skip: !isPostgres && 'SQLite has none of it' }, steps);
const books = () => client.from('books');
const titles = (...list) => list.map((title) => ({ title }));

it('insert', async () => {
  await call(client.from('authors').insert([{ name: 'Ada', born: '1815-12-10' }, { name: 'Emily', born: '1830-12-10' },
    { name: 'Unknown', born: null }]), ({ status, data, error }) => {
    assert.equal(error, null);
    assert.equal(status, 201);
    assert.equal(data, null);
  });
  await call(client.from('authors').update({ mentor: 1 }).eq('name', 'Emily').select('name,mentor'), [{ name: 'Emily', mentor: 1 }]);
  const rows = [
    { author_id: 1, title: 'Notes', kind: 'science', price: 12.5, pages: 60, words: ['engine', 'numbers'], about: { year: 1843, tags: ['a', 'b'] } },
    { author_id: 1, title: 'Letters', kind: 'novel', price: 7, pages: 300, words: [], about: { year: 1850, tags: [] } },
    { author_id: 2, title: 'Poems', kind: 'poems', price: 9.99, pages: 120, words: ['hope', 'numbers'], about: null },
    { author_id: 2, title: 'More (poems), 2', kind: 'poems', price: null, pages: null, words: ['hope'], about: { year: 1891 } }];
  if (isPostgres) {
    rows.forEach((row, i) => Object.assign(row, { lent: `[${i * 10},${i * 10 + 5})`, search: row.title.toLowerCase().replace(/[^a-z ]/g, '') }));
  }
  await call(books().insert(rows).select('id,title'), [{ id: 1, title: 'Notes' }, { id: 2, title: 'Letters' }, { id: 3, title: 'Poems' },
    { id: 4, title: 'More (poems), 2' }]);
  await call(client.from('shelves').insert({ code: 'A1', place: 'hall' }).select().single(), { code: 'A1', place: 'hall' });
  await call(client.from('shelves').insert([{ code: 'B2' }], { count: 'exact' }), ({ count, error }) => {
    assert.equal(error, null);
    assert.equal(count, 1);
  });
  await call(client.from('shelved').insert([{ book_id: 1, shelf_code: 'A1' }, { book_id: 1, shelf_code: 'B2' }, { book_id: 3, shelf_code: 'B2' }]),
    ({ error }) => assert.equal(error, null));
  await call(client.from('shelves').insert([{ code: 'C3' }, { code: 'D4', place: 'attic' }], { defaultToNull: false }).select('code,place'),
    [{ code: 'C3', place: null }, { code: 'D4', place: 'attic' }]);
});

it('select', async () => {
  await call(client.from('authors').select('name').order('id'), [{ name: 'Ada' }, { name: 'Emily' }, { name: 'Unknown' }]);
  await call(client.from('authors').select().eq('id', 1), [{ id: 1, name: 'Ada', born: '1815-12-10', mentor: null }]);
  await call(books().select('what:title, price::text').eq('id', 1), [{ what: 'Notes', price: '12.50' }]);
  await call(books().select('title, authors(name)').eq('id', 3), [{ title: 'Poems', authors: { name: 'Emily' } }]);
  await call(client.from('authors').select('name, books(title)').order('id').order('title', { referencedTable: 'books' }),
    [{ name: 'Ada', books: titles('Letters', 'Notes') }, { name: 'Emily', books: titles('More (poems), 2', 'Poems') }, { name: 'Unknown', books: [] }]);
  await call(client.from('authors').select('name, books!inner(title)').eq('books.kind', 'poems').order('title', { referencedTable: 'books', ascending: false }),
    [{ name: 'Emily', books: titles('Poems', 'More (poems), 2') }]);
  await call(books().select('title, ...authors(writer:name)').order('id').limit(1), [{ title: 'Notes', writer: 'Ada' }]);
  await call(books().select('title, shelves(code)').in('id', [1, 2]).order('id').order('code', { referencedTable: 'shelves' }),
    [{ title: 'Notes', shelves: [{ code: 'A1' }, { code: 'B2' }] }, { title: 'Letters', shelves: [] }]);
  await call(client.from('authors').select('name, first:books(title)').eq('id', 1).limit(1, { referencedTable: 'first' }).order('id', { referencedTable: 'first' }),
    [{ name: 'Ada', first: titles('Notes') }]);
  await call(client.from('authors').select('name, teacher(name), pupils(name)').lte('id', 2).order('id'),
    [{ name: 'Ada', teacher: null, pupils: [{ name: 'Emily' }] }, { name: 'Emily', teacher: { name: 'Ada' }, pupils: [] }]);
  await call(client.from('authors').select('name, books()').is('books', null), [{ name: 'Unknown' }]);
  await call(books().select('year:about->year, tag:about->tags->>0').eq('id', 1), [{ year: 1843, tag: 'a' }]);
  await call(books().select('kind, n:id.count(), price.sum()').eq('kind', 'science'), [{ kind: 'science', n: 1, sum: 12.5 }]);
  await call(client.from('prices').select('books, highest').eq('kind', 'poems').single(), { books: 2, highest: 9.99 });
});

it('filters', async () => {
  const list = (change) => change(books().select('title')).order('id');
  await call(list((b) => b.eq('title', 'More (poems), 2')), titles('More (poems), 2'));
  await call(list((b) => b.neq('author_id', 1)), titles('Poems', 'More (poems), 2'));
  await call(list((b) => b.gt('price', 9.99)), titles('Notes'));
  await call(list((b) => b.gte('price', 9.99).lt('pages', 100)), titles('Notes'));
  await call(list((b) => b.like('title', '%o%s')), titles('Notes', 'Poems'));
  await call(list((b) => b.ilike('title', 'p%')), titles('Poems'));
  await call(list((b) => b.likeAnyOf('title', ['N%', 'L%'])), titles('Notes', 'Letters'));
  await call(list((b) => b.ilikeAllOf('title', ['%E%', 'l%'])), titles('Letters'));
  await call(list((b) => b.is('price', null)), titles('More (poems), 2'));
  await call(list((b) => b.is('in_stock', false)), []);
  await call(list((b) => b.in('title', ['Notes', 'More (poems), 2'])), titles('Notes', 'More (poems), 2'));
  await call(list((b) => b.contains('words', ['hope'])), titles('Poems', 'More (poems), 2'));
  await call(list((b) => b.containedBy('words', ['engine', 'numbers', 'x'])), titles('Notes', 'Letters'));
  await call(list((b) => b.overlaps('words', ['engine', 'hope'])), titles('Notes', 'Poems', 'More (poems), 2'));
  await call(list((b) => b.match({ author_id: 2, kind: 'poems', pages: 120 })), titles('Poems'));
  await call(list((b) => b.not('kind', 'in', '(poems,science)')), titles('Letters'));
  await call(list((b) => b.or('price.lt.8,and(kind.eq.poems,pages.is.null)')), titles('Letters', 'More (poems), 2'));
  await call(list((b) => b.filter('pages', 'gte', 120)), titles('Letters', 'Poems'));
  await call(list((b) => b.eq('about->>year', '1843')), titles('Notes'));
  await call(client.from('authors').select('name, books(title)').or('kind.eq.science,pages.gt.200', { referencedTable: 'books' }).eq('id', 1)
    .order('id', { referencedTable: 'books' }), [{ name: 'Ada', books: titles('Notes', 'Letters') }]);
});

onPostgres('filters of PostgreSQL', async () => {
  const list = (change) => change(books().select('title')).order('id');
  await call(list((b) => b.contains('about', { year: 1850 })), titles('Letters'));
  await call(list((b) => b.contains('lent', '[11,12)')), titles('Letters'));
  await call(list((b) => b.rangeGt('lent', '[10,15)')), titles('Poems', 'More (poems), 2'));
  await call(list((b) => b.rangeGte('lent', '[10,15)')), titles('Letters', 'Poems', 'More (poems), 2'));
  await call(list((b) => b.rangeLt('lent', '[10,15)')), titles('Notes'));
  await call(list((b) => b.rangeLte('lent', '[10,15)')), titles('Notes', 'Letters'));
  await call(list((b) => b.rangeAdjacent('lent', '[5,10)')), titles('Notes', 'Letters'));
  await call(list((b) => b.overlaps('lent', '[3,12)')), titles('Notes', 'Letters'));
  await call(list((b) => b.textSearch('search', 'Poems & !more', { config: 'simple' })), titles('Poems'));
  await call(list((b) => b.textSearch('title', 'poem', { type: 'websearch', config: 'english' })), titles('Poems', 'More (poems), 2'));
});

it('order, pages, counts and forms', async () => {
  await call(books().select('title').order('price', { ascending: false, nullsFirst: false }).limit(2), titles('Notes', 'Poems'));
  await call(books().select('title').order('price', { nullsFirst: true }).limit(1), titles('More (poems), 2'));
  await call(books().select('title, authors(name)').order('authors(name)', { ascending: false }).order('id').limit(1),
    [{ title: 'Poems', authors: { name: 'Emily' } }]);
  await call(books().select('title').order('id').range(1, 2), titles('Letters', 'Poems'));
  await call(books().select('*', { count: 'exact', head: true }), ({ count, data, status, error }) => {
    assert.deepEqual([count, data, status, error], [4, null, 200, null]);
  });
  await call(books().select('title', { count: 'exact' }).order('id').range(0, 1), ({ count, data, status }) => {
    assert.deepEqual([count, data, status], [4, titles('Notes', 'Letters'), 206]);
  });
  await call(books().select('title').eq('id', 3).single(), { title: 'Poems' });
  await call(books().select('title').single(), ({ error, status }) => assert.deepEqual([error.code, status], ['PGRST116', 406]));
  await call(books().select('title').eq('id', 99).maybeSingle(), null);
  await call(books().select('title').eq('id', 3).maybeSingle(), { title: 'Poems' });
  await call(books().select('title,price').in('id', [3, 4]).order('id').csv(), ({ data }) => {
    assert.deepEqual(data.trim().split('\n'), ['title,price', 'Poems,9.99', '"More (poems), 2",']);
  });
  const controller = new AbortController();
  controller.abort();
  await call(books().select().abortSignal(controller.signal), ({ error }) => assert.match(error.message, /abort/i));
  await call(books().select('title').eq('id', 1).abortSignal(AbortSignal.timeout(20000)), titles('Notes'));
  await assert.rejects(() => call(client.from('nothing').select().throwOnError(), null), { code: 'PGRST205' });
  await call(books().select('nothing'), ({ error, status }) => assert.deepEqual([error.code, status], ['42703', 400]));
});

it('changes', async () => {
  await call(books().update({ price: 8 }).eq('id', 3).select('title,price').single(), { title: 'Poems', price: 8 });
  await call(books().update({ pages: 1 }, { count: 'exact' }).in('id', [1, 2]), ({ count, data, status }) => {
    assert.deepEqual([count, data, status], [2, null, 204]);
  });
  await call(client.from('shelves').upsert({ code: 'A1', place: 'cellar' }).select(), [{ code: 'A1', place: 'cellar' }]);
  await call(client.from('shelves').upsert([{ code: 'A1', place: 'x' }, { code: 'E5', place: 'y' }], { ignoreDuplicates: true }).select('code'), [{ code: 'E5' }]);
  await call(client.from('authors').upsert({ name: 'Ada', born: '1815-12-11' }, { onConflict: 'name' }).select('id,born'), [{ id: 1, born: '1815-12-11' }]);
  await call(client.from('authors').insert({ name: 'Ada' }), ({ error, status }) => assert.deepEqual([error.code, status], ['23505', 409]));
  await call(books().insert({ author_id: 1, title: '' }), ({ error }) => assert.equal(error.code, '23514'));
  await call(client.from('shelves').delete().eq('code', 'E5').select('code').rollback(), [{ code: 'E5' }]);
  await call(client.from('shelves').select('code').eq('code', 'E5'), [{ code: 'E5' }]);
  await call(client.from('shelves').delete({ count: 'exact' }).in('code', ['C3', 'D4']), ({ count }) => assert.equal(count, 2));
  await call(client.from('shelves').delete().eq('code', 'E5').select().single(), { code: 'E5', place: 'y' });
  await call(books().update({ pages: 2 }).gte('id', 1).maxAffected(2), ({ error }) => assert.equal(error.code, 'PGRST124'));
});

onPostgres('functions', async () => {
  await call(client.rpc('add', { a: 1, b: 2 }), 3);
  await call(client.rpc('add', { a: 1 }, { get: true }), 11);
  await call(client.rpc('books_of', { writer: 2 }).select('title').order('id', { ascending: false }).limit(1), titles('More (poems), 2'));
  await call(client.rpc('books_of', { writer: 1 }, { count: 'exact', head: true }), ({ count }) => assert.equal(count, 2));
  await call(client.rpc('books_of', { writer: 1 }, { get: true }).select('title, authors(name)').eq('title', 'Notes').single(),
    { title: 'Notes', authors: { name: 'Ada' } });
  await call(client.rpc('sell', { book: 1 }), ({ error, data }) => assert.deepEqual([error, data], [null, null]));
  await call(books().select('in_stock').eq('id', 1).single(), { in_stock: false });
  await call(client.rpc('nothing', {}), ({ error, status }) => assert.deepEqual([error.code, status], ['PGRST202', 404]));
});

test('there were enough calls', () => {
  console.log(`calls: ${calls}`);
  assert.ok(calls >= (isPostgres ? 80 : 60), `${calls} calls`);
});
