namespace Relocation.Testing.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Everything that was asked for is done.</summary>
    internal const int Done = 0;

    /// <summary>A mismatch, a refused or unreadable backup, a database that is no test database.</summary>
    internal const int Finding = 1;

    /// <summary>The command line asks for what there is not.</summary>
    internal const int Usage = 2;

    /// <summary>A database, server, disk or right that is not there; or an error of this tool.</summary>
    internal const int Environment = 3;

    /// <summary>Interrupted, as shells count it.</summary>
    internal const int Cancelled = 130;
}
