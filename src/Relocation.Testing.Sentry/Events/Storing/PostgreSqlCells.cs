using System.Collections;
using System.Data.Common;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>Rows for PostgreSQL: an array for each column, so that a statement has as many parameters however many rows it writes.</summary>
internal sealed class PostgreSqlCells : RowCells
{
    private readonly List<object> _columns = [];
    private int _at;

    internal PostgreSqlCells(IReadOnlyList<CellKind> cells)
    {
        foreach (var cell in cells)
        {
            _columns.Add(cell switch
            {
                CellKind.Integer or CellKind.Document => new List<long?>(),
                CellKind.Instant => new List<DateTime?>(),
                _ => new List<string?>(),
            });
            if (cell == CellKind.Document)
            {
                _columns.Add(new List<long?>());
            }
        }
    }

    /// <summary>How many arrays there are: two for a document, where it stands and how long it is.</summary>
    internal static int ColumnsOf(IReadOnlyList<CellKind> cells) => cells.Count + cells.Count(static cell => cell == CellKind.Document);

    internal override RowCells Add(long? value)
    {
        ((List<long?>)_columns[_at++]).Add(value);
        return this;
    }

    internal override RowCells Add(string? value)
    {
        ((List<string?>)_columns[_at++]).Add(value is null ? null : Storable(value));
        return this;
    }

    internal override RowCells Add(DateTimeOffset? value)
    {
        ((List<DateTime?>)_columns[_at++]).Add(value?.UtcDateTime);
        return this;
    }

    /// <summary>Gives the rows to a command.</summary>
    internal void BindTo(DbCommand command)
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            command.Parameters[i].Value = _columns[i] switch
            {
                List<long?> numbers => numbers.ToArray(),
                List<DateTime?> moments => moments.ToArray(),
                var texts => ((List<string?>)texts).ToArray(),
            };
        }
    }

    /// <summary>The server counts from 1.</summary>
    private protected override RowCells AddDocument(DocumentRange value) => Add(value.Offset + 1L).Add(value.Length);

    private protected override void Complete() => _at = 0;

    private protected override void Empty()
    {
        _at = 0;
        foreach (var column in _columns)
        {
            ((IList)column).Clear();
        }
    }
}
