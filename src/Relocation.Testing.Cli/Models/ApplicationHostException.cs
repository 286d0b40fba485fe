namespace Relocation.Testing.Cli.Models;

/// <summary>An application did not get as far as to build its host.</summary>
internal sealed class ApplicationHostException(string message, Exception? cause = null) : Exception(message, cause);
