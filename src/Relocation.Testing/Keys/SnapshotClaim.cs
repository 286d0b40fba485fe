namespace Relocation.Testing.Keys;

/// <summary>A test that uses an approved file.</summary>
/// <param name="Method">The method, with the type that declares it: tests that are inherited, to run on several databases, have it in common.</param>
/// <param name="Variant">What tells the runs of an inherited test apart: its class, and the engine in a matrix.</param>
/// <param name="Case">What tells the tests of one method and class apart.</param>
/// <param name="Test">The test as messages name it.</param>
internal sealed record SnapshotClaim(string Method, string Variant, string Case, string Test)
{
    /// <summary>Whether both are the same test, again or on another database.</summary>
    internal bool MayShareWith(SnapshotClaim other) => Method == other.Method && (Variant != other.Variant || Case == other.Case);
}
