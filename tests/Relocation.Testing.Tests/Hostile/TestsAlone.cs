using Xunit;

namespace Relocation.Testing.Tests.Hostile;

/// <summary>Tests that count what the whole process does, so that no other may run beside them.</summary>
[CollectionDefinition(nameof(TestsAlone), DisableParallelization = true)]
public sealed class TestsAlone;
