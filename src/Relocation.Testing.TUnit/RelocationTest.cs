namespace Relocation.Testing;

/// <summary>Base class of tests that each start from the baseline, or from an empty database.</summary>
/// <remarks>
/// Each test has a database of its own, a copy of the fixture's, so tests run in parallel as TUnit runs them. A database is reset before a
/// test, not after it, so a killed test does no harm. A failed test's database is kept, and the test's output says where.
/// </remarks>
/// <param name="fixture">The fixture, passed by TUnit to the test's constructor.</param>
public abstract class RelocationTest(DatabaseFixture fixture) : RelocationTestBase(fixture);
