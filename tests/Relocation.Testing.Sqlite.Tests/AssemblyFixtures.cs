using Relocation.Testing.Specification.Databases;

[assembly: AssemblyFixture(typeof(DatabaseTemplates))]
