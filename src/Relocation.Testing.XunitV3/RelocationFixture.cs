namespace Relocation.Testing;

/// <summary>A test database of a <see cref="RelocationModel"/>, made once for a class, a collection or the assembly of tests.</summary>
/// <remarks>
/// Derive from it, and name the derived class where xUnit takes a fixture: <c>IClassFixture</c>, <c>ICollectionFixture</c> or
/// <c>AssemblyFixture</c>. Tests derive from <see cref="RelocationTest"/>.
/// </remarks>
public abstract partial class RelocationFixture : DatabaseFixture;
