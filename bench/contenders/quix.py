from bench.contender import Contender
class Quix(Contender):
    def __init__(self, delivery="exactly-once", archive=""): self.name="quix"+archive+delivery
