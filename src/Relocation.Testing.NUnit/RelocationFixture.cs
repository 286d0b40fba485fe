namespace Relocation.Testing;

/// <summary>A test database of a <see cref="RelocationModel"/>, made once for the tests around which NUnit sets the fixture up.</summary>
/// <inheritdoc cref="RelocationFixture{TContext}" path="/remarks" />
public abstract partial class RelocationFixture : DatabaseFixture;
