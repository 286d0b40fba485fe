namespace Relocation.Testing.Cli.Failures;

/// <summary>The command line is wrong.</summary>
internal sealed class UsageException(string message, Exception? innerException = null) : Exception(message, innerException);
