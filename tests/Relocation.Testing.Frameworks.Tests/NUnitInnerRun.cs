namespace Relocation.Testing.Frameworks.Tests;

public sealed class NUnitInnerRun() : InnerRun("NUnit");
