using System.Data.Common;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>One connection's prepared statements, and room for payloads that its batches use one after another.</summary>
internal sealed class EventConnection(EventSql sql, DbConnection connection) : IDisposable
{
    private readonly Dictionary<RowStatement, DbCommand> _commands = [];

    internal DocumentBuffer Documents { get; } = new();

    internal DraftBuffers Drafts { get; } = new();

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
