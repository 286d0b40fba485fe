namespace Relocation.Testing;

/// <summary>A test database of a <see cref="RelocationModel"/>, created once for the tests of a namespace.</summary>
/// <inheritdoc cref="RelocationFixture{TContext}" path="/remarks" />
public abstract partial class RelocationFixture : DatabaseFixture;
