using System.Globalization;
using System.Security.Cryptography;

namespace Relocation.Testing.Databases;

/// <summary>Names of the databases that we make: unique on a machine and a server, and such that the guard lets them pass.</summary>
internal static class TestDatabaseName
{
    internal static string Make() => string.Create(
        CultureInfo.InvariantCulture,
        $"relocation_test_{Environment.ProcessId}_{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
}
