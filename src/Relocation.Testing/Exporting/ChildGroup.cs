using Relocation.Testing.Engines;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Exporting;

/// <summary>The rows of one member of records, in the order of their owners.</summary>
internal sealed class ChildGroup
{
    private ChildGroup(ChildLayout layout, ExportQuery query, int[] owner, int[] key, MemberTree members, IReadOnlyList<ChildGroup> children)
    {
        Layout = layout;
        Query = query;
        Owner = owner;
        Key = key;
        Members = members;
        Children = children;
    }

    internal ChildLayout Layout { get; }

    internal ExportQuery Query { get; }

    /// <summary>Where the query's rows have the keys of the row that owns them, of its owner, and so on, the outermost first.</summary>
    internal int[] Owner { get; }

    /// <summary>Where the rows have what the <see cref="Owner"/> of their own members is compared with.</summary>
    internal int[] Key { get; }

    /// <summary>What is written for a row.</summary>
    internal MemberTree Members { get; }

    internal IReadOnlyList<ChildGroup> Children { get; }

    /// <param name="children">The members; the types of a hierarchy share some.</param>
    /// <param name="above">The rows that own these, the outermost first.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="transaction">What reads.</param>
    /// <param name="writers">What writes fields.</param>
    internal static IReadOnlyList<ChildGroup> Of(
        IEnumerable<ChildLayout> children,
        IReadOnlyList<ChildLayout> above,
        DatabaseEngine engine,
        ExportTransaction transaction,
        FieldWriters writers) =>
        [
            .. children.DistinctBy(child => (child.Child.Name, child.Rows.Parts[0].Schema, child.Rows.Parts[0].Name))
                .Select(child => Of(child, [.. above, child], engine, transaction, writers)),
        ];

    private static ChildGroup Of(
        ChildLayout child, IReadOnlyList<ChildLayout> chain, DatabaseEngine engine, ExportTransaction transaction, FieldWriters writers)
    {
        var query = new QueryText(engine, transaction);
        var aliases = query.AddTables(child.Rows.Parts, KeysOf(child));
        var owners = new List<(string Alias, RelocationField Column)>();
        var alias = aliases[0];
        owners.InsertRange(0, OwnerColumns(child).Select(column => (alias, column)));
        for (var level = chain.Count - 2; level >= 0; level--)
        {
            var inner = chain[level + 1];
            var innerAlias = alias;
            var outer = chain[level];
            alias = query.AddTables(
                [outer.Rows.Parts[0]],
                KeysOf(outer),
                joined => query.Equal(joined, Keys(outer), innerAlias, OwnerColumns(inner)))[0];
            owners.InsertRange(0, OwnerColumns(outer).Select(column => (alias, column)));
        }

        int[] owner = [.. owners.Select(column => query.Select(column.Alias, column.Column))];
        owners.ForEach(column => query.OrderBy(column.Alias, column.Column));
        foreach (var column in Keys(child))
        {
            query.OrderBy(aliases[0], column);
        }

        var places = new int[child.Rows.Columns.Length];
        for (var column = 0; column < places.Length; column++)
        {
            var part = Array.FindIndex(child.Rows.Parts, part => part.Sources.Contains(column));
            places[column] = query.Select(aliases[part], QueryText.ColumnAt(child.Rows.Parts[part], column));
        }

        int[] key = [.. owner, .. Enumerable.Range(0, KeysOf(child)).Select(part => places[part])];
        var children = Of(child.Rows.Children, chain, engine, transaction, writers);
        return new ChildGroup(
            child,
            query.ToQuery(child.Rows.Entity.Label, isInterleaved: true),
            owner,
            key,
            new MemberTree(child.Rows, child.Child, places, children, writers),
            children);
    }

    private static int KeysOf(ChildLayout child) => child.Rows.Entity.Key.Fields.Count;

    private static IEnumerable<RelocationField> Keys(ChildLayout child) =>
        Enumerable.Range(0, KeysOf(child)).Select(column => QueryText.ColumnAt(child.Rows.Parts[0], column));

    private static IEnumerable<RelocationField> OwnerColumns(ChildLayout child) =>
        child.OwnerColumns.Select(column => QueryText.ColumnAt(child.Rows.Parts[0], column));
}
