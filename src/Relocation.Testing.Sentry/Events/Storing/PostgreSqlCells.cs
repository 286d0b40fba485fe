using System.Data.Common;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>Rows for PostgreSQL: an array for each column, so that a statement has as many parameters however many rows it writes.</summary>
internal sealed class PostgreSqlCells : RowCells
{
    private readonly object[] _columns;
    private readonly DocumentBuffer _documents;
    private int _at;

    internal PostgreSqlCells(IReadOnlyList<CellKind> cells, DocumentBuffer documents)
    {
        _documents = documents;
        _columns = new object[cells.Count];
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i] = cells[i] switch
            {
                CellKind.Integer => new List<long?>(),
                CellKind.Instant => new List<DateTime?>(),
                _ => new List<string?>(),
            };
        }
    }

    internal override RowCells Add(long? value)
    {
        ((List<long?>)_columns[_at++]).Add(value);
        return this;
    }

    internal override RowCells Add(string? value)
    {
        ((List<string?>)_columns[_at++]).Add(Storable(value));
        return this;
    }

    internal override RowCells Add(DateTimeOffset? value)
    {
        ((List<DateTime?>)_columns[_at++]).Add(value?.UtcDateTime);
        return this;
    }

    internal override RowCells Add(DocumentRange value)
    {
        ((List<string?>)_columns[_at++]).Add(_documents.Text(value));
        return this;
    }

    /// <summary>Gives the rows to a command.</summary>
    internal void BindTo(DbCommand command)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            command.Parameters[i].Value = _columns[i] switch
            {
                List<long?> numbers => numbers.ToArray(),
                List<DateTime?> moments => moments.ToArray(),
                var texts => ((List<string?>)texts).ToArray(),
            };
        }
    }

    private protected override void Complete() => _at = 0;
}
