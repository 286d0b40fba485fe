namespace Relocation.Testing;

/// <summary>A test database of a <see cref="RelocationModel"/>, created once for the tests that share it.</summary>
/// <remarks>
/// Derive from it, and pass the derived class to the constructor of tests by <c>[ClassDataSource&lt;T&gt;(Shared = ...)]</c>: <c>PerClass</c>,
/// <c>PerAssembly</c> or <c>PerTestSession</c>. Tests derive from <see cref="RelocationTest"/>.
/// </remarks>
public abstract partial class RelocationFixture : DatabaseFixture;
