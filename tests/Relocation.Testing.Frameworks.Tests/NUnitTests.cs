namespace Relocation.Testing.Frameworks.Tests;

public sealed class NUnitTests(NUnitInnerRun run) : FrameworkSpecification(run), IClassFixture<NUnitInnerRun>;
