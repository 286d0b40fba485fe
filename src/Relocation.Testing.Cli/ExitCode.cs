namespace Relocation.Testing.Cli;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCode
{
    /// <summary>Everything requested was done.</summary>
    internal const int Done = 0;

    /// <summary>A mismatch, a refused or unreadable backup, a database that is not a test database.</summary>
    internal const int Finding = 1;

    /// <summary>The command line is wrong.</summary>
    internal const int Usage = 2;

    /// <summary>A database, server, disk or right is missing; or an error of this tool.</summary>
    internal const int Environment = 3;

    /// <summary>Interrupted, as shells count it.</summary>
    internal const int Cancelled = 130;
}
