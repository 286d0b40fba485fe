namespace Relocation.Testing.Importing;

/// <summary>How SQLite takes names: their case does not matter, in ASCII.</summary>
internal static class SqliteNames
{
    internal static IEqualityComparer<(string Table, string Column)> Comparer { get; } =
        EqualityComparer<(string Table, string Column)>.Create(
            static (left, right) => left.Table.Equals(right.Table, StringComparison.OrdinalIgnoreCase)
                && left.Column.Equals(right.Column, StringComparison.OrdinalIgnoreCase),
            static name => HashCode.Combine(
                StringComparer.OrdinalIgnoreCase.GetHashCode(name.Table), StringComparer.OrdinalIgnoreCase.GetHashCode(name.Column)));

    /// <summary>The text as an SQL literal.</summary>
    internal static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
