namespace Relocation.Testing.Frameworks.Tests;

public sealed class NUnitFloorInnerRun() : InnerRun("NUnit", "Floor");
