namespace Relocation.Testing.Cli;

/// <summary>The command line asks for what there is not.</summary>
internal sealed class UsageException(string message, Exception? innerException = null) : Exception(message, innerException);
