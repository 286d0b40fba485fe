namespace Relocation.Testing;

/// <summary>No PostgreSQL server can be reached or started.</summary>
public sealed class PostgreSqlUnavailableException : DatabaseUnavailableException
{
    internal PostgreSqlUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
