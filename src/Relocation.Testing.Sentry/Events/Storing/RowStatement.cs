namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>
/// A statement over many rows at once. <c>&lt;rows&gt;</c> in its text is a table of the given cells, with columns <c>c0</c> and so on;
/// other words in angle brackets are what each engine spells in its own way, see <see cref="EventSql"/>.
/// </summary>
/// <remarks>A statement is equal to itself only; a connection prepares it once.</remarks>
internal sealed class RowStatement(string text, params CellKind[] cells)
{
    internal string Text { get; } = text;

    internal IReadOnlyList<CellKind> Cells { get; } = cells;

    internal bool HasDocuments { get; } = Array.IndexOf(cells, CellKind.Document) >= 0;
}
