namespace Relocation.Testing.Frameworks.Tests;

public sealed class TUnitInnerRun() : InnerRun("TUnit");
