namespace Relocation.Testing.Importing;

/// <summary>A trigger that is held back: SQLite can switch off all triggers of a connection or none, so it is dropped and made again.</summary>
/// <param name="Schema">The schema: <c>main</c> or <c>temp</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Sql">What makes it, as SQLite keeps it: without the schema.</param>
internal sealed record HeldTrigger(string Schema, string Name, string Sql)
{
    private const string Create = "CREATE TRIGGER";

    /// <summary>The statement that makes the trigger again just as it was.</summary>
    internal string CreateSql => Schema == "temp" && Sql.StartsWith(Create, StringComparison.OrdinalIgnoreCase)
        ? $"CREATE TEMP TRIGGER{Sql[Create.Length..]}"
        : Sql;

    internal string DropSql(SqliteEngine engine) => $"DROP TRIGGER {Schema}.{engine.Quote(Name)}";
}
