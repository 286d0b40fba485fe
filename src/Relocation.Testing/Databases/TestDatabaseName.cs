using System.Security.Cryptography;

namespace Relocation.Testing.Databases;

/// <summary>Names of the databases that we make: unique on a machine and a server, and such that the guard lets them pass.</summary>
internal static class TestDatabaseName
{
    /// <summary>A new name.</summary>
    /// <param name="owner">The name of the process that the database belongs to.</param>
    internal static string Make(string owner) => Of(owner, RandomNumberGenerator.GetHexString(12, lowercase: true));

    /// <summary>The name of what a process has only one of.</summary>
    internal static string Of(string owner, string what) => $"relocation_test_{owner}_{what}";

    /// <summary>A name for a process, or for whatever needs none.</summary>
    internal static string MakeOwner() => RandomNumberGenerator.GetHexString(16, lowercase: true);
}
