using Relocation.Testing.Specification;

namespace Relocation.Testing.Frameworks.Tests;

/// <summary>The same with the oldest NUnit that the package allows.</summary>
[Case("floors")]
public sealed class NUnitFloorTests(NUnitFloorInnerRun run) : NUnitSpecification(run), IClassFixture<NUnitFloorInnerRun>;
