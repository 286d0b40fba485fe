using System.Data.Common;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>What event saving says differently to each engine.</summary>
internal abstract class EventSql
{
    /// <summary>Stands for the table of cells.</summary>
    private protected const string Rows = "<rows>";

    /// <summary>Stands for what lets a statement give keys that the database would count up.</summary>
    private protected const string Given = "<given>";

    /// <summary>Stands for an empty list of texts.</summary>
    private protected const string EmptyList = "<none>";

    /// <summary>
    /// Stands for what keeps others from changing the rows found until the transaction ends. What they are locked in the order of follows, a colon,
    /// and the names of the tables.
    /// </summary>
    private protected const string Lock = "<lock ";

    internal static EventSql Of(DatabaseEngine engine) => engine.Name switch
    {
        "PostgreSQL" => PostgreSqlEventSql.Instance,
        "SQLite" => SqliteEventSql.Instance,
        _ => throw Errors.UnknownEngine(engine),
    };

    /// <summary>A command for a statement, whose rows are bound later.</summary>
    internal abstract DbCommand CreateCommand(DbConnection connection, RowStatement statement);

    internal abstract RowCells CreateCells(RowStatement statement);

    /// <summary>Gives a command its rows.</summary>
    /// <param name="command">From <see cref="CreateCommand"/>.</param>
    /// <param name="statement">What the command runs.</param>
    /// <param name="cells">Rows of the statement.</param>
    /// <param name="documents">The batch's documents, all of them.</param>
    internal abstract void Bind(DbCommand command, RowStatement statement, RowCells cells, DocumentBuffer documents);

    internal abstract DateTimeOffset Instant(DbDataReader reader, int column);

    /// <summary>The statement that hands out new keys: for each row (number of the table, table, how many) so many keys of that table.</summary>
    internal abstract RowStatement NextKeys { get; }

    /// <summary>The query that gives those of its rows that the server knows as ways of compressing; null where the database compresses nothing.</summary>
    internal virtual RowStatement? FastCompression => null;

    /// <summary>The query that sets a way of compressing for the rest of the transaction, and gives the one that was set before.</summary>
    internal virtual RowStatement? SetCompression => null;

    /// <summary>Whether <see cref="NextKeys"/> gives the last key of each table rather than each new one.</summary>
    internal abstract bool GivesLastKeys { get; }

#pragma warning disable CA2100 // The text is made of constants only.
    private protected static DbCommand Create(DbConnection connection, string text, IEnumerable<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var name in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        return command;
    }
#pragma warning restore CA2100

    private protected static string WithLocks(string text, Func<string, string, string> locking)
    {
        var at = text.IndexOf(Lock, StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var end = text.IndexOf('>', at);
        var parts = text[(at + Lock.Length)..end].Split(": ");
        return text[..at] + locking(parts[0], parts[1]) + text[(end + 1)..];
    }
}
