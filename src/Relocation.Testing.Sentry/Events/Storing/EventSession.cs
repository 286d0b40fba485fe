using System.Data.Common;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>One batch's statements, in its transaction.</summary>
internal sealed class EventSession(EventSql sql, EventConnection connection, DbTransaction transaction)
{
    /// <summary>The batch's payloads.</summary>
    internal DocumentBuffer Documents => connection.Documents;

    /// <summary>Room for payloads of the batch that are written before they are complete.</summary>
    internal DraftBuffers Drafts => connection.Drafts;

    internal EventSql Sql => sql;

    /// <summary>Empty rows of a statement. Documents that they mention are written before.</summary>
    internal RowCells CellsOf(RowStatement statement) => connection.CellsFor(statement);

    /// <summary>
    /// Has the server compress what is written from now on until the transaction ends in a fast way, where it knows one: its own takes longer than
    /// all else that is done for a payload.
    /// </summary>
    /// <returns>How it compressed before; null where nothing was changed.</returns>
    internal async Task<string?> CompressFastAsync(CancellationToken cancellationToken)
    {
        const string Fast = "lz4";
        if (sql.FastCompression is not { } known)
        {
            return null;
        }

        connection.CompressesFast ??= await AskAsync(known, Fast, cancellationToken).ConfigureAwait(false) is not null;
        return connection.CompressesFast == true ? await SetCompressionAsync(Fast, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>Has the server compress in a way, until the transaction ends.</summary>
    /// <returns>How it compressed before.</returns>
    internal Task<string?> SetCompressionAsync(string method, CancellationToken cancellationToken) =>
        AskAsync(sql.SetCompression!, method, cancellationToken);

    /// <summary>Runs a statement, unless there are no rows.</summary>
    internal async Task WriteAsync(RowStatement statement, RowCells cells, CancellationToken cancellationToken)
    {
        if (cells.Count == 0)
        {
            return;
        }

        var command = CommandOf(statement, cells);
        await PrepareAsync(command, cancellationToken).ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a query, unless it is asked for nothing.</summary>
    internal async Task ReadAsync(RowStatement statement, RowCells cells, Action<DbDataReader> read, CancellationToken cancellationToken)
    {
        if (cells.Count == 0)
        {
            return;
        }

        var command = CommandOf(statement, cells);
        await PrepareAsync(command, cancellationToken).ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                read(reader);
            }
        }
    }

    internal DateTimeOffset Instant(DbDataReader reader, int column) => sql.Instant(reader, column);

    internal DateTimeOffset? OptionalInstant(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : sql.Instant(reader, column);

    private async Task<string?> AskAsync(RowStatement statement, string text, CancellationToken cancellationToken)
    {
        var cells = CellsOf(statement).Add(text);
        cells.EndRow();
        string? answer = null;
        await ReadAsync(statement, cells, reader => answer = reader.GetString(0), cancellationToken).ConfigureAwait(false);
        return answer;
    }

    /// <summary>Both engines keep a prepared statement with the connection; the second time there is nothing to do.</summary>
    private static Task PrepareAsync(DbCommand command, CancellationToken cancellationToken) => command.PrepareAsync(cancellationToken);

    private DbCommand CommandOf(RowStatement statement, RowCells cells) => connection.CommandFor(statement, transaction, cells);
}
