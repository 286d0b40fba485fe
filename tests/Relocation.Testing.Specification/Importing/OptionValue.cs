namespace Relocation.Testing.Specification.Importing;

/// <summary>A telling value of an option of imports: what it needs, and what it promises.</summary>
/// <param name="Option">The option's name.</param>
/// <param name="Name">What tells the value from others of its option.</param>
/// <param name="Set">Sets the value.</param>
internal sealed record OptionValue(string Option, string Name, Func<ImportOptions, ImportOptions> Set)
{
    /// <summary>Records that the value is about, besides those that every pair has.</summary>
    internal string Records { get; init; } = string.Empty;

    /// <summary>Statements that are run before the import.</summary>
    internal string Before { get; init; } = string.Empty;

    /// <summary>What has to be so when the import has succeeded, whatever the other option is.</summary>
    internal Func<OptionRun, Task> Promise { get; init; } = _ => Task.CompletedTask;

    /// <summary>Whether an exception is the one that the value promises; null where it refuses nothing.</summary>
    internal Func<Exception, bool>? Refuses { get; init; }

    /// <summary>The value, as messages of the test call it.</summary>
    public override string ToString() => $"{Option}={Name}";
}
