namespace Relocation.Testing;

/// <summary>A copy of a failed test's database, to look into after the run.</summary>
public sealed class KeptDatabase
{
    internal KeptDatabase(string message, string? path)
    {
        Message = message;
        Path = path;
    }

    /// <summary>Where the copy is and how it is opened, in a sentence or two for the test's output. It holds no password.</summary>
    public string Message { get; }

    /// <summary>The copy's file, for frameworks that attach files; null where the copy is a database on a server.</summary>
    public string? Path { get; }

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
