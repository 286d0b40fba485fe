namespace Relocation.Testing.Importing;

/// <summary>A trigger that is held back: SQLite can only switch off all triggers of a connection, so it is dropped and created again.</summary>
/// <param name="Schema">The schema: <c>main</c> or <c>temp</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Sql">Its statement as SQLite stores it, without the schema.</param>
internal sealed record HeldTrigger(string Schema, string Name, string Sql)
{
    private const string Create = "CREATE TRIGGER";

    /// <summary>The statement that creates the trigger again, unchanged.</summary>
    internal string CreateSql => Schema == "temp" && Sql.StartsWith(Create, StringComparison.OrdinalIgnoreCase)
        ? $"CREATE TEMP TRIGGER{Sql[Create.Length..]}"
        : Sql;

    internal string DropSql(DatabaseEngine engine) => $"DROP TRIGGER {Schema}.{engine.Quote(Name)}";
}
