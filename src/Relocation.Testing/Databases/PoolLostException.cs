namespace Relocation.Testing.Databases;

/// <summary>A pool has nothing left to copy a database from; the baseline has to be made anew.</summary>
internal sealed class PoolLostException(string reason, Exception? cause) : Exception(reason, cause);
