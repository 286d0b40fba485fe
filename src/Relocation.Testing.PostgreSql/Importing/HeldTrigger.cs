namespace Relocation.Testing.Importing;

/// <summary>A trigger that is held back.</summary>
/// <param name="Table">The table or partition that has it, quoted.</param>
/// <param name="Name">Its name, quoted.</param>
/// <param name="Enabled">When it fires, as <c>pg_trigger.tgenabled</c> has it.</param>
internal sealed record HeldTrigger(string Table, string Name, char Enabled)
{
    internal string DisableSql => $"ALTER TABLE ONLY {Table} DISABLE TRIGGER {Name}";

    /// <summary>The statement after which the trigger fires when it did before.</summary>
    internal string EnableSql => $"ALTER TABLE ONLY {Table} ENABLE {Enabled switch { 'A' => "ALWAYS ", 'R' => "REPLICA ", _ => string.Empty }}TRIGGER {Name}";
}
