namespace Relocation.Testing;

/// <summary>A test database of a <see cref="RelocationModel"/>, created once for a class or a collection of tests.</summary>
/// <remarks>
/// Derive from it, and use the derived class as an xUnit fixture: <c>IClassFixture</c> or <c>ICollectionFixture</c>.
/// Tests derive from <see cref="RelocationTest"/>.
/// </remarks>
public abstract partial class RelocationFixture : DatabaseFixture;
