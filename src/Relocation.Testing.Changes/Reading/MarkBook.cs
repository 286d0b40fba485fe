using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Relocation.Testing.Reading;

/// <summary>The marks of a database since it was last put back.</summary>
internal sealed class MarkBook
{
    private static readonly ConditionalWeakTable<TestDatabase, MarkBook> Books = [];

    private readonly ConcurrentDictionary<string, TouchedImages> _marks = new(StringComparer.Ordinal);
    private readonly int _resets;

    private MarkBook(int resets) => _resets = resets;

    internal static MarkBook Of(TestDatabase database)
    {
        var book = Books.GetValue(database, static each => new MarkBook(each.Resets));
        if (book._resets != database.Resets)
        {
            book = new MarkBook(database.Resets);
            Books.AddOrUpdate(database, book);
        }

        return book;
    }

    /// <exception cref="ArgumentException">There is no such mark.</exception>
    internal TouchedImages Find(string name) =>
        _marks.TryGetValue(name, out var mark) ? mark : throw ChangeErrors.NoSuchMark(name, [.. _marks.Keys]);

    internal void Set(string name, TouchedImages images) => _marks[name] = images;
}
