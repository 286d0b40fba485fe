namespace Relocation.Testing.Engines;

/// <summary>A query whose rows are exported.</summary>
/// <param name="Label">The model, for messages.</param>
/// <param name="Sql">The query.</param>
/// <param name="Columns">What its columns hold, in order.</param>
/// <param name="IsInterleaved">Whether rows of other queries are read before this one's last.</param>
internal sealed record ExportQuery(ModelLabel Label, string Sql, IReadOnlyList<RelocationField> Columns, bool IsInterleaved);
