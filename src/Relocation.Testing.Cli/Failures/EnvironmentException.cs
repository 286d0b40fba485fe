namespace Relocation.Testing.Cli.Failures;

/// <summary>A database, server, disk or right that the command needs is not there.</summary>
internal sealed class EnvironmentException(string message, Exception? innerException = null) : Exception(message, innerException);
