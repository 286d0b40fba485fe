using System.Data.Common;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>One connection's prepared statements, and room for payloads that its batches use one after another.</summary>
internal sealed class EventConnection(EventSql sql, DbConnection connection) : IDisposable
{
    /// <summary>Room for more rows than most batches have is given away.</summary>
    private const int MostRowsKept = 10_000;

    private readonly Dictionary<RowStatement, DbCommand> _commands = [];
    private readonly Dictionary<RowStatement, RowCells> _cells = [];

    internal DocumentBuffer Documents { get; } = new();

    internal DraftBuffers Drafts { get; } = new();

    /// <summary>Whether the server knows a fast way to compress texts; null until it was asked.</summary>
    internal bool? CompressesFast { get; set; }

    /// <inheritdoc />
    public void Dispose()
    {
        Documents.Dispose();
        Drafts.Dispose();
    }

    /// <summary>Makes room for a batch; what was written for the last one is forgotten.</summary>
    internal void Begin()
    {
        Documents.Clear();
        Drafts.Clear();
    }

    /// <summary>
    /// Empty rows of a statement, in the room that the last ones took: a batch runs a statement before it fills the next rows of it.
    /// </summary>
    internal RowCells CellsFor(RowStatement statement)
    {
        if (!_cells.TryGetValue(statement, out var cells) || cells.Count > MostRowsKept)
        {
            cells = sql.CreateCells(statement);
            _cells[statement] = cells;
        }

        cells.Clear();
        return cells;
    }

    /// <summary>The statement's command, in a transaction.</summary>
    internal DbCommand CommandFor(RowStatement statement, DbTransaction transaction, RowCells cells)
    {
        if (!_commands.TryGetValue(statement, out var command))
        {
            command = sql.CreateCommand(connection, statement);
            _commands.Add(statement, command);
        }

        command.Transaction = transaction;
        sql.Bind(command, statement, cells, Documents);
        return command;
    }
}
